fetchCourse(JSON.parse(atob(window.courseData)));
